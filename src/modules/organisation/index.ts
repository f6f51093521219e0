export type { AbsenceRefusal } from './absence-state.ts'
export { competentUnit, type CompetentUnit, type NotOffered } from './competent-unit.ts'
export { ClosePost, CreatePost, FillPost, LeavePost, closePost, createPost, fillPost, leavePost } from './change-post.ts'
export { ChangeUnitContact, ChangeUnitRemit, CloseUnit, type CountOpenWork, RenameUnit, changeUnitContact, changeUnitRemit, closeUnit, renameUnit } from './change-unit.ts'
export { ApplicantOnBehalf, findOnRecord } from './applicant-on-behalf.ts'
export { OrganisationNumber, PersonalNumber, type PersonalNumberWarning, Phone, personalNumberWarnings } from './check-person.ts'
export type { DelegationRefusal } from './delegation-state.ts'
export { personErasures } from './erasure-subscription.ts'
export { type Absence, listAbsences, listLed } from './find-absences.ts'
export { type Delegation, findDelegateTitle, listDelegations } from './find-delegations.ts'
export { GiveDelegation, RevokeDelegation, giveDelegation, revokeDelegation } from './give-delegation.ts'
export { EndAbsence, RecordAbsence, endAbsence, recordAbsence } from './record-absence.ts'
export { type Person, findPeople, getOwnPerson, getPerson } from './find-people.ts'
export {
  type PostHeld,
  type PostSeat,
  type StaffFilter,
  type StaffMember,
  type Succession,
  type Unit,
  type UnitFilter,
  type Seat,
  findUnitByCode,
  getSeat,
  getSuccession,
  getUnit,
  listPostsOf,
  listSeats,
  listStaff,
  listUnits,
  unitContactOn,
  unitNameOn,
} from './find-units.ts'
export { FoundUnit, type Founded, foundUnit } from './found-unit.ts'
export { type OfferedProcedure, listRemits, routeOf } from './offering.ts'
export type { PostRefusal } from './post-state.ts'
export type { Gender, PersonDetails, PersonKind } from './person-state.ts'
export { type CitizenRefusal, type CitizenRegistered, RegisterCitizen, registerCitizen } from './register-citizen.ts'
export { ChangePerson, type PersonRefusal, RegisterPerson, type Registered, changePerson, registerPerson } from './register-person.ts'
export { AGENCY_KINDS, UNIT_KINDS, type UnitKind, type UnitLevel, type UnitRefusal } from './unit-state.ts'
export { DEMO_PASSWORD, type DemoSignIn, listDemoSignIns } from './demo/demo-sign-ins.ts'
export { type CitySeeded, type SeedRefusal, seedDemoCity } from './demo/seed-demo-city.ts'
export { type Applicant as InventedApplicant, inventApplicant, peopleCopy, registrationOf } from './demo/invent-applicants.ts'
