/** The papers of a dossier that its offices print. */
import type { DossierView } from '#modules/dossier'

const Paper = (props: { readonly id: string; readonly file: string; readonly name: string }) => (
  <a href={`/xu-ly/ho-so/${props.id}/${props.file}.pdf`} target="_blank" rel="noopener">
    {props.name} (PDF)
  </a>
)

export const PaperLinks = ({ dossier: { id, status } }: { readonly dossier: Pick<DossierView, 'id' | 'status'> }) => (
  <p class="small">
    <Paper id={id} file="phieu-kiem-soat" name="Phiếu kiểm soát quá trình" />
    {status === 'stopped' && (
      <>
        {' · '}
        <Paper id={id} file="thong-bao-dung" name="Thông báo dừng giải quyết" />
      </>
    )}
  </p>
)
