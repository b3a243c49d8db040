import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useSlide } from '../../ui/use-slide.ts'
import { CryptoFooter } from './crypto-footer.tsx'
import { CryptoHead } from './crypto-head.tsx'
import { CryptoRow } from './crypto-row.tsx'
import { CryptoSkeleton } from './crypto-skeleton.tsx'
import type { Link } from './model.ts'
import { MoversBand } from './movers-band.tsx'
import type { Board } from './use-board.ts'

const Rows = ({ order, coins, fraction, silent }: Board) => {
  const body = useSlide(order)
  return (
    <tbody ref={body}>
      {order.map((product) => (
        <CryptoRow
          key={product}
          product={product}
          coin={coins.get(product)}
          fraction={fraction}
          silent={silent}
        />
      ))}
    </tbody>
  )
}

const Table = (board: Board) => (
  <section
    aria-label="Prices"
    className="fade-bottom min-h-0 roomy:overflow-y-auto"
    {...board.held.listeners}
  >
    <table className="w-full table-fixed border-separate border-spacing-0 leading-tight">
      <caption className="sr-only">Crypto prices in US dollars, live</caption>
      <CryptoHead sort={board.sort} sortBy={board.sortBy} />
      {board.state === 'rows' ? <Rows {...board} /> : <CryptoSkeleton />}
    </table>
  </section>
)

const Waiting = ({ link }: { link: Link }) => (
  <p
    className={`min-h-14 px-3 pb-3 text-12 text-muted md:px-4 ${link === 'lost' ? '' : 'appear-after-3000'}`}
  >
    {link === 'up'
      ? 'Waiting for the first prices. The server has not sent any yet.'
      : 'Not connected. Prices appear as soon as the server answers.'}
  </p>
)

const Content = (board: Board) => {
  const again = <Button onClick={board.retry}>Ask again</Button>
  switch (board.state) {
    case 'refused':
      return (
        <Message action={again}>
          The server does not give this list out at the moment. It may do so later.
        </Message>
      )
    case 'empty':
      return (
        <Message action={again}>
          No prices yet. They appear by themselves as soon as the exchange sends the first one.
        </Message>
      )
    case 'loading':
      return (
        <>
          <Waiting link={board.link} />
          <Table {...board} />
        </>
      )
    case 'rows':
      return (
        <>
          <MoversBand />
          <Table {...board} />
        </>
      )
  }
}

/** The live table of coins with its movers, in each of its states. */
export const CryptoPanel = (board: Board) => (
  <div className={`@container flex min-h-0 flex-col ${board.link === 'lost' ? 'faded' : ''}`}>
    <Panel title="Crypto" busy={board.state === 'loading'} footer={<CryptoFooter />}>
      <Content {...board} />
    </Panel>
  </div>
)
