import { account } from '../account.ts';
import { profileSettings } from '../profile-settings.ts';
import { settings } from '../settings.ts';

export const texts = { ...account, ...profileSettings, ...settings };
