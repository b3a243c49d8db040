import { columns } from './columns.ts'

const rows = Array.from({ length: 10 }, (_, index) => `row-${index}`)

const Bar = ({ className }: { className: string }) => (
  <span className={`inline-block h-3 rounded-[4px] bg-raised align-middle ${className}`} />
)

/** Rows of the real geometry while the first prices are on their way. */
export const CryptoSkeleton = () => (
  <tbody aria-hidden="true" className="appear-after-300">
    {rows.map((row) => (
      <tr key={row} className="lined h-11 @2xl:h-8 pointer-coarse:h-11">
        <td className={columns.coin.cell}>
          <Bar className="w-24 @2xl:ml-6" />
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
        <td className={columns.volume.cell}>
          <Bar className="w-16" />
        </td>
        <td className={columns.age.cell}>
          <Bar className="w-6" />
        </td>
      </tr>
    ))}
  </tbody>
)
