import type { ProduceOutput } from '../produce/messages.ts'
import type { Effort } from './effort.ts'

const mostCpuShare = 0.9
const mostLagMs = 50
const mostLateShare = 0.05

const percent = (share: number) => `${(share * 100).toFixed(0)} %`

const ofClients = (efforts: readonly Effort[]): string[] =>
  efforts.flatMap(({ cpuShare, lagP99Ms }, index) => [
    ...(cpuShare >= mostCpuShare
      ? [`client process ${index + 1} used ${percent(cpuShare)} of a core`]
      : []),
    ...(lagP99Ms >= mostLagMs
      ? [`client process ${index + 1} was ${lagP99Ms.toFixed(0)} ms late (p99)`]
      : []),
  ])

const ofProducer = ({ lateShare, failed, effort }: ProduceOutput): string[] => [
  ...(lateShare > mostLateShare ? [`${percent(lateShare)} of the records were sent late`] : []),
  ...(failed > 0 ? [`${failed} records were not acknowledged`] : []),
  ...(effort.cpuShare >= mostCpuShare
    ? [`the producer used ${percent(effort.cpuShare)} of a core`]
    : []),
]

/** Why a run says nothing about the server, because the load generator itself was at its limit; empty when it was not. */
export const invalidBecause = (
  clients: readonly Effort[],
  producer: ProduceOutput,
): readonly string[] => [...ofClients(clients), ...ofProducer(producer)]
