// Each known attack on a shared text is tried against the real inspector; each control must still go through.

import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Inspector } from '../../hub/rooms/inspector/inspector.ts'
import { adviceFor, Rejected, type RejectionCode } from '../../hub/rooms/inspector/rejection.ts'
import { outcomeOf } from './attack.ts'
import { ATTACKS } from './inspector-attack-list.ts'
import { ANN_BEFORE, openLab, own, ownText, updateOf } from './inspector-lab.ts'

describe('what an attacker wants', () => {
  test.each(ATTACKS)('$wants → $expect', (attack) => {
    expect(outcomeOf(attack, Inspector)).toBe(attack.expect)
  })
})

describe('what surrounds a refusal', () => {
  test('a refused update leaves the document byte for byte as it was', () => {
    const lab = openLab(Inspector)
    const before = Y.encodeStateAsUpdate(lab.doc)
    const update = updateOf(lab.client('ann'), (doc) => {
      own(doc, 'ann').set('a', 1)
      doc.getText('minutes').insert(0, 'x')
    })
    expect(() => lab.send(update, 'ann')).toThrow(Rejected)
    expect(Y.encodeStateAsUpdate(lab.doc)).toEqual(before)
    expect([...lab.doc.share.keys()].sort()).toEqual(['agenda', 'ballots', 'minutes', 'participants'])
  })

  test('the message of a refusal repeats nothing of the document', () => {
    const lab = openLab(Inspector)
    const update = updateOf(lab.client('ann'), (doc) => own(doc, 'bob').set('secret-key', 'secret-value'))
    expect(() => lab.send(update, 'ann')).toThrow(/^forbidden$/)
  })

  test('what was written is named by its paths, once each', () => {
    const lab = openLab(Inspector)
    const update = updateOf(lab.client('ann'), (doc) => {
      own(doc, 'ann').set('a', 1)
      own(doc, 'ann').set('a', 2)
      ownText(doc, 'ann').insert(0, 'x')
      ownText(doc, 'ann').insert(3, 'y')
    })
    expect(lab.inspector.apply(update, 'ann').paths).toEqual([
      ['participants', 'ann', 'a'],
      ['participants', 'ann', 'text', '#'],
    ])
  })

  test('gaps are repaired by a second sync, once; burnt clocks need a fresh document; clean-ups nothing', () => {
    const codes: RejectionCode[] = ['gap', 'missing-dependency', 'delete-of-unknown']
    for (const code of codes) {
      expect(adviceFor(code)).toBe('resync')
      expect(adviceFor(code, true)).toBe('reset')
    }
    for (const code of ['forbidden', 'client-id-forged', 'malformed', 'root'] as const)
      expect(adviceFor(code)).toBe('reset')
    for (const code of ['format-cleanup', 'client-id-limit'] as const) expect(adviceFor(code)).toBe('none')
  })

  test('bindings survive the hub: a second inspector refuses the same forger and knows the same owner', () => {
    const lab = openLab(Inspector)
    const bob = lab.client('bob')
    const again = openLab(Inspector, { bindings: [...lab.inspector.bindings()] })
    expect(() => again.inspector.bind(bob.clientID, 'ann')).toThrow('client-id-taken')
    expect(again.inspector.bind(bob.clientID, 'bob')).toBe(false)
    expect(again.inspector.bind(ANN_BEFORE, 'ann')).toBe(false)
    expect(again.inspector.bind(424_242, 'ann')).toBe(true)
  })

  test('after a refusal the same document cannot go on, a fresh one can', () => {
    const lab = openLab(Inspector)
    const ann = lab.client('ann')
    expect(() =>
      lab.send(
        updateOf(ann, (doc) => doc.getText('minutes').insert(0, 'x')),
        'ann',
      ),
    ).toThrow('forbidden')
    expect(() =>
      lab.send(
        updateOf(ann, (doc) => own(doc, 'ann').set('a', 1)),
        'ann',
      ),
    ).toThrow('gap')
    lab.send(
      updateOf(lab.client('ann'), (doc) => own(doc, 'ann').set('a', 1)),
      'ann',
    )
    expect(own(lab.doc, 'ann').get('a')).toBe(1)
  })
})
