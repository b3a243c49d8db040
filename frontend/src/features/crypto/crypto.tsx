import { CryptoPanel } from './crypto-panel.tsx'
import { useBoard } from './use-board.ts'

/** The crypto panel on live data. */
export const Crypto = () => <CryptoPanel {...useBoard()} />
