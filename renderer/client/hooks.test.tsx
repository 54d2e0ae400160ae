// The hooks are those of the contract, and a room is held exactly as long as somebody looks.
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it } from 'vitest'
import { createValue } from '../replica/value.ts'
import type { OpenRoom } from './board-room.ts'
import type { Client } from './client.ts'
import type { ClientHooks } from './contract.ts'
import { heldRoom, madeWhileWatched } from './held.ts'
import * as hooks from './hooks.ts'
import { ClientProvider, useStore } from './provider.tsx'

/** The compiler holds them against the contract. */
const contract: ClientHooks = hooks

it('has a hook for everything in the contract', () => {
  expect(Object.keys(contract)).toEqual(expect.arrayContaining(['useMe', 'useMeeting', 'usePresence', 'useNow']))
})

function fakeRoom() {
  const view = createValue('nháp')
  const counted = { held: 0, opened: 0 }
  const quiet = () => {}
  const room: OpenRoom & { view: typeof view } = { view, poke: quiet, suspend: quiet, close: () => Promise.resolve() }
  const hold = () => {
    counted.held += 1
    counted.opened += 1
    return { room, release: () => (counted.held -= 1) }
  }
  return { view, counted, hold }
}

it('draws what the room shows, follows it, and lets it go with the component', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const { view, counted, hold } = fakeRoom()
  const Title = () => <p>{useStore(() => heldRoom(hold, (room) => room.view), [])}</p>
  const place = document.createElement('div')
  const root = createRoot(place)
  await act(async () =>
    root.render(
      <ClientProvider client={{} as Client}>
        <Title />
      </ClientProvider>,
    ),
  )
  expect(place.textContent).toBe('nháp')
  expect(counted.held).toBe(1)
  await act(async () => view.set('đã công bố'))
  expect(place.textContent).toBe('đã công bố')
  await act(async () => root.unmount())
  expect(counted.held).toBe(0)
})

it('makes a watched thing once for all watchers and closes it after the last', () => {
  const made: string[] = []
  const store = madeWhileWatched(
    () => {
      made.push('made')
      return { close: () => made.push('closed'), value: createValue(1) }
    },
    ({ value }) => value,
    0,
  )
  expect(store.current()).toBe(0)
  const [one, two] = [store.subscribe(() => {}), store.subscribe(() => {})]
  expect(store.current()).toBe(1)
  one()
  expect(made).toEqual(['made'])
  two()
  expect(made).toEqual(['made', 'closed'])
  expect(store.current()).toBe(0)
})
