/** The papers of a dossier that its offices print. */
import type { DossierView } from '#modules/dossier'

const Paper = (props: { readonly href: string; readonly name: string }) => (
  <a href={props.href} target="_blank" rel="noopener">
    {props.name} (PDF)
  </a>
)

/** Where there is more than one, each says which it replaced or was replaced by. */
const receipts = ({ id, receivedAt, receiptEditions }: Pick<DossierView, 'id' | 'receivedAt' | 'receiptEditions'>) =>
  receivedAt === null || receiptEditions === 1
    ? []
    : Array.from({ length: receiptEditions }, (_, i) => ({
        href: `/mot-cua/ho-so/${id}/giay-tiep-nhan.pdf?ban=${i + 1}`,
        name: i + 1 === receiptEditions ? 'Giấy tiếp nhận, bản đính chính' : `Giấy tiếp nhận, bản ${i + 1} đã được thay`,
      }))

export const PaperLinks = ({ dossier: d }: { readonly dossier: Pick<DossierView, 'id' | 'status' | 'receivedAt' | 'receiptEditions'> }) => {
  const papers = [
    { href: `/xu-ly/ho-so/${d.id}/phieu-kiem-soat.pdf`, name: 'Phiếu kiểm soát quá trình' },
    ...(d.status === 'stopped' ? [{ href: `/xu-ly/ho-so/${d.id}/thong-bao-dung.pdf`, name: 'Thông báo dừng giải quyết' }] : []),
    ...receipts(d),
  ]
  return (
    <p class="small">
      {papers.map((paper, i) => (
        <>
          {i > 0 && ' · '}
          <Paper {...paper} />
        </>
      ))}
    </p>
  )
}
