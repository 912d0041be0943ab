import type { Report } from '../../operator/command.ts';

/** Reports shares of one step as hundredths. */
export function shareOf(report: Report, step: string, parts: number): (part: number, share: number) => void {
  const total = parts * 100;
  return (part, share) => report(step, Math.min(total, Math.round((part + Math.min(1, share)) * 100)), total);
}
