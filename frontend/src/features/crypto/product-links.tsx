import { Icon } from '../../ui/icon.tsx'
import { useCoin } from './use-product.ts'

const Out = ({ href, children }: { href: string; children: string }) => (
  <a
    href={href}
    rel="noreferrer noopener"
    target="_blank"
    className="inline-flex items-center gap-1 rounded-sm text-accent underline-offset-2 hover:underline"
  >
    {children}
    <Icon name="external" />
  </a>
)

/** Where else a product can be read about. */
export const ProductLinks = ({ product }: { product: string }) => {
  const coin = useCoin(product)
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1">
      <Out href={`https://www.coinbase.com/advanced-trade/spot/${product}`}>
        {`${product} at Coinbase`}
      </Out>
      {coin && (
        <Out href={`https://www.coingecko.com/en/coins/${encodeURIComponent(coin.id)}`}>
          {`${coin.name} at CoinGecko`}
        </Out>
      )}
    </p>
  )
}
