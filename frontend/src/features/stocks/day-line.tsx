import { dayFigures, type Quote } from './model.ts'

/** Open, high, low and previous close in one line of small figures. */
export const DayLine = (quote: Pick<Quote, 'open' | 'high' | 'low' | 'previousClose'>) => (
  <span className="flex gap-x-3 overflow-hidden text-11 whitespace-nowrap text-muted">
    {dayFigures(quote).map(({ short, name, text }) => (
      <span key={name} title={name}>
        <span aria-hidden="true" className="mr-1 text-faint">
          {short}
        </span>
        <span className="sr-only">{name} </span>
        {text}
      </span>
    ))}
  </span>
)
