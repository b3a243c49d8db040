import { until } from '@flux/scripts/servers'

/** Waits for a condition; fails with its name after `deadlineMs`. */
export const eventually = (
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 20_000,
): Promise<void> => until(condition, { what, deadlineMs })
