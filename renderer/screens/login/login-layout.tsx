// The face of the application before anyone is in: mountains at dusk on the left, one form on the right.
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../app/mark.tsx'
import classes from './login.module.css'

export function LoginLayout({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation('login')
  const { t: common } = useTranslation()
  useEffect(() => {
    document.title = common('documentTitle', { title, app: common('appName') })
  }, [title, common])
  return (
    <div className={classes.page}>
      <aside className={classes.picture} aria-hidden="true">
        <div className={classes.name}>
          <Mark size="3rem" />
          <span>{common('appName')}</span>
        </div>
        <div className={classes.motto}>
          <p>{t('motto')}</p>
          <p>{t('mottoText')}</p>
        </div>
        <Ridges />
      </aside>
      <main className={classes.form}>
        <div className={classes.column}>
          <h1 className={classes.title}>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  )
}

/** The sun behind four ridges of the Ngọc Linh range, each nearer and darker. */
function Ridges() {
  return (
    <svg className={classes.ridges} viewBox="0 0 600 480" preserveAspectRatio="xMidYMax slice" focusable="false">
      <circle cx="392" cy="168" r="62" className={classes.sun} />
      <path
        d="M0 236c62-10 92-74 150-78 54-4 84 58 138 54 62-4 90-66 150-62 58 4 98 50 162 58v272H0Z"
        className={classes.far}
      />
      <path d="M0 286c70 6 104-50 176-46 66 4 96 62 166 52 76-10 112-56 258-28v216H0Z" className={classes.middle} />
      <path d="M0 330c88-34 132 22 214 22 92 0 120-62 222-50 60 8 104 34 164 30v148H0Z" className={classes.near} />
      <path d="M0 404c110-40 170-4 262-8 106-4 168-46 338-14v98H0Z" className={classes.nearest} />
    </svg>
  )
}
