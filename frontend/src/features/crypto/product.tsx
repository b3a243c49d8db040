import { Dialog } from '../../ui/dialog.tsx'

interface ProductProps {
  readonly product: string
  readonly onClose: () => void
}

/** The details of a product, over the page. */
export const Product = ({ product, onClose }: ProductProps) => (
  <Dialog title={product} from="side" onClose={onClose}>
    <p className="p-4 text-muted">{product}</p>
  </Dialog>
)
