// What each certificate of the test PKI is: subject, key, issuer, dates and extensions, as openssl reads them.

export type KeyKind = 'rsa:2048' | 'rsa:3072' | 'P-256' | 'P-384' | 'ed25519'
export type Profile =
  | 'authority'
  | 'signer'
  | 'wrongUsage'
  | 'timestamping'
  | 'timestampingNotCritical'
  | 'ocspResponder'
  | 'unexemptResponder'
  | 'tlsServer'
export type IssuerName = 'root' | 'intermediate' | 'strangerRoot'

export interface CertificatePlan {
  /** As `openssl req -subj` takes it. */
  readonly subject: string
  readonly key: KeyKind
  readonly issuer: IssuerName
  readonly profile: Profile
  /** Days from now; what has expired and what is not valid yet are plans like any other. */
  readonly fromDays: number
  readonly toDays: number
}

const COMMUNE = '/C=VN/L=Quảng Nam/O=UBND xã Trà My'
const FROM_DAYS = -200
const TO_DAYS = 700

function plan(subject: string, key: KeyKind, part: Partial<CertificatePlan> = {}): CertificatePlan {
  return {
    subject,
    key,
    issuer: 'intermediate',
    profile: 'signer',
    fromDays: FROM_DAYS,
    toDays: TO_DAYS,
    ...part,
  }
}

export const AUTHORITIES = {
  root: plan('/C=VN/O=Ban Cơ yếu thử nghiệm/CN=Test Root CA', 'rsa:2048', { profile: 'authority' }),
  intermediate: plan('/C=VN/O=Ban Cơ yếu thử nghiệm/CN=CA phục vụ cơ quan nhà nước (thử)', 'rsa:2048', {
    issuer: 'root',
    profile: 'authority',
    toDays: 2500,
  }),
  strangerRoot: plan('/C=VN/O=Không ai biết/CN=Stranger Root CA', 'P-256', { profile: 'authority' }),
} as const satisfies Record<IssuerName, CertificatePlan>

export const LEAVES = {
  leader: plan(`${COMMUNE}/CN=Nguyễn Văn Ưởng`, 'rsa:2048'),
  leaderPss: plan(`${COMMUNE}/CN=Trần Thị Quỳnh`, 'rsa:3072'),
  seal: plan(`${COMMUNE}/CN=UBND xã Trà My`, 'P-256'),
  clerk: plan(`${COMMUNE}/CN=Đặng Thuỳ Dương`, 'P-384'),
  archivist: plan(`${COMMUNE}/CN=Hồ Văn Lượng`, 'ed25519'),
  expired: plan(`${COMMUNE}/CN=Lê Hết Hạn`, 'P-256', { fromDays: -800, toDays: -70 }),
  notYetValid: plan(`${COMMUNE}/CN=Lê Chưa Đến`, 'P-256', { fromDays: 100, toDays: 800 }),
  revoked: plan(`${COMMUNE}/CN=Lê Bị Thu`, 'P-256'),
  wrongUsage: plan(`${COMMUNE}/CN=Lê Mã Hoá`, 'P-256', { profile: 'wrongUsage' }),
  stranger: plan(`${COMMUNE}/CN=Nguyễn Văn Ưởng`, 'P-256', { issuer: 'strangerRoot' }),
  tsa: plan('/C=VN/O=Dịch vụ cấp dấu thời gian (thử)/CN=TSA 1', 'P-256', { profile: 'timestamping' }),
  secondTsa: plan('/C=VN/O=Dịch vụ cấp dấu thời gian (thử)/CN=TSA 2', 'rsa:2048', { profile: 'timestamping' }),
  expiredTsa: plan('/C=VN/O=Dịch vụ cấp dấu thời gian (thử)/CN=TSA 0', 'P-256', {
    profile: 'timestamping',
    fromDays: -800,
    toDays: -70,
  }),
  strangerTsa: plan('/C=VN/O=Không ai biết/CN=TSA', 'P-256', { profile: 'timestamping', issuer: 'strangerRoot' }),
  ocspResponder: plan('/C=VN/O=Ban Cơ yếu thử nghiệm/CN=OCSP', 'P-256', { profile: 'ocspResponder' }),
  unexemptResponder: plan('/C=VN/O=Ban Cơ yếu thử nghiệm/CN=OCSP không miễn', 'P-256', {
    profile: 'unexemptResponder',
  }),
  rootOcspResponder: plan('/C=VN/O=Ban Cơ yếu thử nghiệm/CN=OCSP gốc', 'P-256', {
    profile: 'ocspResponder',
    issuer: 'root',
  }),
  tlsServer: plan('/CN=127.0.0.1', 'P-256', { profile: 'tlsServer' }),
} as const satisfies Record<string, CertificatePlan>

export type AuthorityName = keyof typeof AUTHORITIES
export type LeafName = keyof typeof LEAVES

/** Key generation arguments of `openssl genpkey`. */
export function keyArguments(kind: KeyKind): readonly string[] {
  switch (kind) {
    case 'rsa:2048':
    case 'rsa:3072':
      return ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${kind.slice(4)}`]
    case 'P-256':
    case 'P-384':
      return ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${kind}`]
    case 'ed25519':
      return ['-algorithm', 'ED25519']
  }
}

/** Extensions of one certificate; the addresses are those of its issuer on the loopback server. */
export function extensions(profile: Profile, issuer: IssuerName, baseUrl: string): string {
  const common = `subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid`
  const addresses = `authorityInfoAccess = OCSP;URI:${baseUrl}/ocsp/${issuer},caIssuers;URI:${baseUrl}/ca/${issuer}.cer
crlDistributionPoints = URI:${baseUrl}/crl/${issuer}.crl`
  const leaf = `${common}\n${addresses}\nbasicConstraints = critical,CA:FALSE`
  switch (profile) {
    case 'authority':
      return `${common}\n${addresses}\nbasicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
certificatePolicies = 2.5.29.32.0`
    case 'signer':
      // Without extended key usage poppler 22.12 reports NSS' left-over "extension not found" as a faulty certificate.
      return `${leaf}\nkeyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = emailProtection,1.3.6.1.5.5.7.3.36
certificatePolicies = 1.3.6.1.4.1.99999.1`
    case 'wrongUsage':
      return `${leaf}\nkeyUsage = critical,keyEncipherment`
    case 'timestamping':
      return `${leaf}\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = critical,timeStamping`
    case 'timestampingNotCritical':
      return `${leaf}\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = timeStamping`
    case 'ocspResponder':
      return `${common}\nbasicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature\nextendedKeyUsage = OCSPSigning\nnoCheck = ignored`
    // Without id-pkix-ocsp-nocheck: the responder itself has to be asked about.
    case 'unexemptResponder':
      return `${leaf}\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = OCSPSigning`
    case 'tlsServer':
      return `${leaf}\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1,DNS:tsa.example`
  }
}

/** Root certificates sign themselves: no addresses to ask, no path length. */
export const ROOT_EXTENSIONS = `subjectKeyIdentifier = hash
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign`
