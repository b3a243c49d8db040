import { Bar } from '../../ui/bar.tsx'
import { columns } from './columns.ts'

const rows = Array.from({ length: 10 }, (_, index) => `row-${index}`)

const Row = () => (
  <tr className="lined h-11 @2xl:h-8 pointer-coarse:h-11">
    <td className={columns.coin.cell}>
      <Bar className="ml-8 w-20 max-w-[60%]" />
    </td>
    <td className={columns.hour.cell}>
      <Bar className="w-24" />
    </td>
    <td className={columns.price.cell}>
      <Bar className="w-20" />
    </td>
    <td className={columns.change.cell}>
      <Bar className="w-14" />
    </td>
    <td className={columns.range.cell}>
      <Bar className="w-full" />
    </td>
    <td className={columns.volume.cell}>
      <Bar className="w-14" />
    </td>
    <td className={columns.age.cell}>
      <Bar className="w-6" />
    </td>
  </tr>
)

/** A table of the real geometry while the first prices are on their way. */
export const CryptoSkeleton = () => (
  <>
    <div className="grid gap-y-1 px-3 pb-3 md:px-4">
      <Bar className="my-1 w-3/5" />
      <Bar className="my-1 w-3/5" />
    </div>
    <table className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr className="h-8">
          {Object.values(columns).map(({ label, cell }) => (
            <td key={label} className={`border-b border-line ${cell}`} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row} />
        ))}
      </tbody>
    </table>
  </>
)
