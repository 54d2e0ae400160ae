// Gives the client to the screens. Below it stands whatever asks with the hooks of hooks.ts.
import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Watchable } from '../replica/value.ts'
import type { Client } from './client.ts'
import type { SessionState } from './session-contract.ts'
import type { Workplace } from './workplace.ts'

const ClientContext = createContext<Client | null>(null)

export function ClientProvider({ client, children }: { readonly client: Client; readonly children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>
}

/** @throws outside `ClientProvider` */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('no ClientProvider above')
  return client
}

export function useWatch<T>(watchable: Watchable<T>): T {
  return useSyncExternalStore(watchable.subscribe, watchable.current)
}

export function useSession(): SessionState<Workplace> {
  return useWatch(useClient().session.state)
}

/** @throws while nobody is logged in: screens stand below the login */
export function useWorkplace(): Workplace {
  const state = useSession()
  if (state.kind !== 'in') throw new Error('nobody is logged in')
  return state.workplace
}

/** A store made for this component and these values, like `useMemo`. `make` must not depend on anything that is not in `keys`. */
export function useStore<T>(make: () => Watchable<T>, keys: readonly unknown[]): T {
  // The keys are the caller's promise; the rule cannot see through them.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useWatch(useMemo(make, keys))
}
