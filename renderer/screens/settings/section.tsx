// One part of the settings: a heading and what belongs to it.
import { Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import classes from './settings.module.css'

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}
