import type { View } from '../http.ts'
import { ButtonLink } from '../ui/index.ts'

/** The ways to delegations and absences, at the head of the pages of whoever leads people. Too seldom used for a place in the menu. */
export const PeopleActions = ({ view }: { readonly view: View }) => (
  <>
    {view.signedIn?.permissions.has('absence.record') === true && (
      <ButtonLink href="/xu-ly/vang-mat" kind="quiet">
        Vắng mặt
      </ButtonLink>
    )}
    {view.signedIn?.permissions.has('delegation.give') === true && (
      <ButtonLink href="/xu-ly/uy-quyen" kind="quiet">
        Ủy quyền
      </ButtonLink>
    )}
  </>
)
