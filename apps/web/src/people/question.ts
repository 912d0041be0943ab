import type { RefObject } from 'react';
import type { Account } from '../api/types.ts';

/** What every question about somebody is given. */
export interface QuestionProps {
  readonly account: Account;
  readonly returnTo: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}
