// Attacks that want to write in the name of another person, or of nobody.

import * as Y from 'yjs'
import { LIMITS } from '../../shared/hub/wire.ts'
import { type Attack } from './attack.ts'
import { copyOf, own, updateOf } from './inspector-lab.ts'

export const ATTACKS_ON_CLIENT_IDS: readonly Attack[] = [
  {
    wants: 'write in the name of bob with his client id',
    expect: 'client-id-forged',
    run: (lab) => {
      const forged = lab.client('bob')
      lab.send(
        updateOf(forged, (doc) => own(doc, 'ann').set('x', 1)),
        'ann',
      )
    },
  },
  {
    wants: 'write with an id that belongs to nobody, to deny it later',
    expect: 'client-id-unbound',
    run: (lab) =>
      lab.send(
        updateOf(copyOf(lab.doc), (doc) => own(doc, 'ann').set('x', 1)),
        'ann',
      ),
  },
  {
    wants: "take over bob's client id before he uses it again",
    expect: 'client-id-taken',
    run: (lab) => {
      const bob = lab.client('bob')
      lab.inspector.bind(bob.clientID, 'ann')
    },
  },
  {
    wants: "write with the hub's own client id after it was started again",
    expect: 'client-id-taken',
    run: (lab) => {
      lab.doc.clientID = 4711
      lab.inspector.bind(4711, 'ann')
    },
  },
  {
    wants: 'claim text that somebody wrote whose binding was lost',
    expect: 'client-id-taken',
    run: (lab) => {
      const lost = copyOf(lab.doc)
      Y.applyUpdate(
        lab.doc,
        updateOf(lost, (doc) => doc.getText('minutes').insert(0, 'x')),
      )
      lab.inspector.bind(lost.clientID, 'ann')
    },
  },
  {
    wants: 'slow every transaction down with thousands of client ids',
    expect: 'client-id-limit',
    run: (lab) => {
      for (let id = 1000; id < 1000 + LIMITS.clientIdsPerPersonAndRoom; id++) lab.inspector.bind(id, 'ann')
    },
  },
]
