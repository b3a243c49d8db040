import { unknown } from '../../ui/format.ts'
import { useMeasured } from './measures-context.tsx'
import { noLegs, type Stage, stagesOf } from './stages.ts'
import { formatMs } from './words.ts'

const ids = stagesOf(noLegs).map(({ id }) => id)

const shades: Readonly<Record<Stage['id'], string>> = {
  provider: 'bg-accent/35',
  kafka: 'bg-accent/55',
  replica: 'bg-accent/75',
  paint: 'bg-accent',
}

const useStage = <T extends string | number>(
  id: Stage['id'],
  select: (stage: Stage) => T,
): T | '' =>
  useMeasured(({ legs }) => {
    const stage = stagesOf(legs).find((one) => one.id === id)
    return stage ? select(stage) : ''
  })

const Part = ({ id }: { id: Stage['id'] }) => {
  const share = useStage(id, ({ ms }) => Math.round(ms ?? 0)) || 0
  return <span className={`min-w-0.5 rounded-[2px] ${shades[id]}`} style={{ flexGrow: share }} />
}

const StageWords = ({ id }: { id: Stage['id'] }) => {
  const label = useStage(id, (stage) => stage.label)
  const ms = useStage(id, (stage) => formatMs(stage.ms))
  const how = useStage(id, (stage) => stage.how)
  return (
    <div>
      <dt className="flex items-center gap-2 text-12 text-muted">
        <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-[2px] ${shades[id]}`} />
        {label}
      </dt>
      <dd>
        <span className="block text-15 font-medium">{ms}</span>
        <span className="block max-w-prose text-11 text-muted">
          {ms === unknown ? `Not known yet: ${how}.` : `Median: ${how}.`}
        </span>
      </dd>
    </div>
  )
}

/** The way from a provider to this screen, split by stage. */
export const Way = () => (
  <div>
    <h3 className="mb-2 text-13 font-semibold">From a provider to this screen</h3>
    <div aria-hidden="true" className="mb-3 flex h-2.5 gap-0.5">
      {ids.map((id) => (
        <Part key={id} id={id} />
      ))}
    </div>
    <dl className="grid grid-cols-1 gap-x-6 gap-y-3 @md:grid-cols-2 @4xl:grid-cols-4">
      {ids.map((id) => (
        <StageWords key={id} id={id} />
      ))}
    </dl>
    <p className="mt-3 text-11 text-muted">
      Medians of what came live to this browser. Its clock’s offset from the server’s is taken out;
      the clocks of providers, services and replicas are taken as right.
    </p>
  </div>
)
