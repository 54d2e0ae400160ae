// All texts of the screens: one namespace per file and language. A new namespace is added here, once in each language.
import enActs from './en/acts.json'
import enAdmin from './en/admin.json'
import enCommon from './en/common.json'
import enDesk from './en/desk.json'
import enDevices from './en/devices.json'
import enLedger from './en/ledger.json'
import enLogin from './en/login.json'
import enMeeting from './en/meeting.json'
import enPrepare from './en/prepare.json'
import enReader from './en/reader.json'
import enRefusals from './en/refusals.json'
import enScreen from './en/screen.json'
import enSettings from './en/settings.json'
import enShell from './en/shell.json'
import enSigning from './en/signing.json'
import enTrust from './en/trust.json'
import enVerify from './en/verify.json'
import enVote from './en/vote.json'
import viActs from './vi/acts.json'
import viAdmin from './vi/admin.json'
import viCommon from './vi/common.json'
import viDesk from './vi/desk.json'
import viDevices from './vi/devices.json'
import viLedger from './vi/ledger.json'
import viLogin from './vi/login.json'
import viMeeting from './vi/meeting.json'
import viPrepare from './vi/prepare.json'
import viReader from './vi/reader.json'
import viRefusals from './vi/refusals.json'
import viScreen from './vi/screen.json'
import viSettings from './vi/settings.json'
import viShell from './vi/shell.json'
import viSigning from './vi/signing.json'
import viTrust from './vi/trust.json'
import viVerify from './vi/verify.json'
import viVote from './vi/vote.json'

/** Vietnamese is first and complete: it gives the keys their types. */
export const vi = {
  acts: viActs,
  admin: viAdmin,
  common: viCommon,
  desk: viDesk,
  devices: viDevices,
  ledger: viLedger,
  login: viLogin,
  meeting: viMeeting,
  prepare: viPrepare,
  reader: viReader,
  refusals: viRefusals,
  screen: viScreen,
  settings: viSettings,
  shell: viShell,
  signing: viSigning,
  trust: viTrust,
  verify: viVerify,
  vote: viVote,
} as const

export const en = {
  acts: enActs,
  admin: enAdmin,
  common: enCommon,
  desk: enDesk,
  devices: enDevices,
  ledger: enLedger,
  login: enLogin,
  meeting: enMeeting,
  prepare: enPrepare,
  reader: enReader,
  refusals: enRefusals,
  screen: enScreen,
  settings: enSettings,
  shell: enShell,
  signing: enSigning,
  trust: enTrust,
  verify: enVerify,
  vote: enVote,
} as const
