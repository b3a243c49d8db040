import { usePhase, useReplica } from '../../realtime/use-status.ts'

/** True for the replica that serves this browser at the moment. */
export const useOwn = (replica: string): boolean => {
  const own = useReplica() === replica
  return usePhase() === 'live' && own
}
