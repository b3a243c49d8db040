import { Chip } from '../../ui/chip.tsx'
import { formatTime } from '../../ui/format.ts'
import { Age } from './age.tsx'
import { type Footer, useFooter } from './use-footer.ts'

const simulatedWords = 'These values are made by the sandbox, not by a market.'
const staleWords = 'The newest value is older than it should be. It stays until a newer one comes.'

/** Source, time and state of the panel's data. */
const CryptoFooterView = ({ sources, trouble, asOf, stale, simulated }: Footer) => (
  <>
    <span>Source: {sources}</span>
    {asOf > 0 && (
      <span>
        as of {formatTime(asOf)}
        {stale && (
          <>
            {', '}
            <Age at={asOf} /> old
          </>
        )}
      </span>
    )}
    {trouble && <span className="text-warn">{trouble}</span>}
    <span className="ml-auto inline-flex gap-1.5">
      {stale && <Chip label="stale" words={staleWords} />}
      {simulated && <Chip label="simulated" words={simulatedWords} />}
    </span>
  </>
)

/** The panel's footer. */
export const CryptoFooter = () => <CryptoFooterView {...useFooter()} />
