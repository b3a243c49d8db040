import { Dialog } from '../../ui/dialog.tsx'
import { ProductContent } from './product-content.tsx'
import { useCoin } from './use-product.ts'

interface ProductProps {
  readonly product: string
  readonly onClose: () => void
}

/** The details of a product, over the page. */
export const Product = ({ product, onClose }: ProductProps) => {
  const coin = useCoin(product)
  return (
    <Dialog title={coin ? `${coin.name}, ${product}` : product} from="side" onClose={onClose}>
      <ProductContent product={product} />
    </Dialog>
  )
}
