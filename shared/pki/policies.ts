// Certificate policies along a path (RFC 5280 §6.1 as RFC 9618 mends it): a graph with one node a policy and depth, so that mappings cannot blow it up.
import { isSelfIssued, type Certificate } from './certificate.ts'
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
  type PolicyMapping,
} from './extensions.ts'
import type { PolicyRequest } from './path-types.ts'

export const ANY_POLICY = '2.5.29.32.0'

interface PolicyNode {
  readonly policy: string
  readonly parents: readonly PolicyNode[]
  /** Set by mappings of the certificate that the node comes from. */
  expected: ReadonlySet<string>
}

/** The nodes of one depth, by policy. */
type Level = ReadonlyMap<string, PolicyNode>

interface Graph {
  readonly older: readonly Level[]
  readonly last: Level
}

/** What no user asks for specially: any policy will do, and none is fine too. */
const NO_DEMANDS: PolicyRequest = { initial: [], explicit: false, inhibitMapping: false, inhibitAny: false }

/**
 * Whether the policies of a path are in order.
 * @param path from the certificate below the trust anchor down to the target; all extensions readable
 * @returns null when they are, or the position in `path` of the certificate at which they fail
 */
export function policyFault(path: readonly Certificate[], request: PolicyRequest = NO_DEMANDS): number | null {
  const count = path.length
  const left = {
    explicit: request.explicit ? 0 : count + 1,
    mapping: request.inhibitMapping ? 0 : count + 1,
    any: request.inhibitAny ? 0 : count + 1,
  }
  /** Null once no policy is left. */
  let graph: Graph | null = { older: [], last: new Map([[ANY_POLICY, newNode(ANY_POLICY, [])]]) }

  for (const [index, certificate] of path.entries()) {
    const last = index === count - 1
    const selfIssued = isSelfIssued(certificate)
    graph = graph && addLevel(graph, certificate, left.any > 0 || (!last && selfIssued))
    if (!last) {
      const mappings = present(policyMappings(certificate)) ?? []
      if (mappings.some((m) => m.issuerPolicy === ANY_POLICY || m.subjectPolicy === ANY_POLICY)) return index
      graph = graph && applyMappings(graph, mappings, left.mapping > 0)
    }
    if (last || !selfIssued) {
      left.explicit = Math.max(0, left.explicit - 1)
      left.mapping = Math.max(0, left.mapping - 1)
      left.any = Math.max(0, left.any - 1)
    }
    const constraints = present(policyConstraints(certificate))
    left.explicit = lowered(left.explicit, constraints?.requireExplicitPolicy, last)
    left.mapping = lowered(left.mapping, constraints?.inhibitPolicyMapping, last)
    left.any = lowered(left.any, present(inhibitAnyPolicy(certificate)), last)
  }
  // §6.1.3 f asks at every certificate; neither a demand nor the lack of policies is ever taken back, so once is enough.
  return left.explicit > 0 || (graph !== null && isAcceptable(graph, request.initial)) ? null : count - 1
}

function present<T>(value: T | null | 'unreadable'): T | null {
  return value === 'unreadable' ? null : value
}

/** At the target only a demand of 0 takes effect (§6.1.5 b). */
function lowered(current: number, demand: number | null | undefined, last: boolean): number {
  if (demand === null || demand === undefined || (last && demand !== 0)) return current
  return Math.min(current, demand)
}

function newNode(policy: string, parents: readonly PolicyNode[]): PolicyNode {
  return { policy, parents, expected: new Set([policy]) }
}

/** §6.1.3 d and e. */
function addLevel({ older, last }: Graph, certificate: Certificate, anyCounts: boolean): Graph | null {
  const policies = present(certificatePolicies(certificate))
  if (policies === null) return null
  const expecting = byExpectation(last)
  const anyNode = last.get(ANY_POLICY)
  const level = new Map<string, PolicyNode>()
  for (const policy of policies) {
    if (policy === ANY_POLICY) continue
    const parents = expecting.get(policy) ?? (anyNode === undefined ? [] : [anyNode])
    if (parents.length > 0) level.set(policy, newNode(policy, parents))
  }
  if (policies.includes(ANY_POLICY) && anyCounts) {
    for (const [policy, parents] of expecting) if (!level.has(policy)) level.set(policy, newNode(policy, parents))
  }
  return pruned([...older, last], level)
}

/** Who expects what. */
function byExpectation(level: Level): ReadonlyMap<string, readonly PolicyNode[]> {
  const expecting = new Map<string, PolicyNode[]>()
  for (const node of level.values()) {
    for (const policy of node.expected) expecting.set(policy, [...(expecting.get(policy) ?? []), node])
  }
  return expecting
}

/** §6.1.4 b: what the issuer's policies are called further down, or their end where mapping is inhibited. */
function applyMappings({ older, last }: Graph, mappings: readonly PolicyMapping[], allowed: boolean): Graph | null {
  const level = new Map(last)
  for (const policy of new Set(mappings.map((mapping) => mapping.issuerPolicy))) {
    if (!allowed) {
      level.delete(policy)
      continue
    }
    const anyNode = level.get(ANY_POLICY)
    const node = level.get(policy) ?? (anyNode && newNode(policy, anyNode.parents))
    if (node === undefined) continue
    const mapped = mappings.filter((mapping) => mapping.issuerPolicy === policy)
    node.expected = new Set(mapped.map((mapping) => mapping.subjectPolicy))
    level.set(policy, node)
  }
  return pruned(older, level)
}

/** Leaves out what leads nowhere; null when nothing is left. */
function pruned(older: readonly Level[], last: Level): Graph | null {
  if (last.size === 0) return null
  const kept: Level[] = []
  let needed = parentsOf(last)
  for (const level of older.toReversed()) {
    const wanted = needed
    const nodes = new Map([...level].filter(([, node]) => wanted.has(node)))
    needed = parentsOf(nodes)
    kept.unshift(nodes)
  }
  return { older: kept, last }
}

function parentsOf(level: Level): ReadonlySet<PolicyNode> {
  return new Set([...level.values()].flatMap((node) => node.parents))
}

/** §6.1.5 g: whether one of the policies that the authorities vouch for is among the user's. */
function isAcceptable({ older, last }: Graph, initial: readonly string[]): boolean {
  if (initial.length === 0 || initial.includes(ANY_POLICY) || last.has(ANY_POLICY)) return true
  const roots = [...older, last].flatMap((level) => [...level.values()].filter((node) => startsDomain(node)))
  return roots.some((node) => initial.includes(node.policy))
}

/** Below anyPolicy a policy stands for itself, in the user's terms; further down it may be called otherwise. */
function startsDomain(node: PolicyNode): boolean {
  return node.policy !== ANY_POLICY && node.parents.some((parent) => parent.policy === ANY_POLICY)
}
