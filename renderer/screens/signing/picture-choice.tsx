// The picture of a signature or a seal: shown, replaced, or forgotten on this device.
import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './signing.module.css'
import type { PictureRole, RoleImage } from './use-picture.ts'

export function PictureChoice({ role, picture }: { readonly role: PictureRole; readonly picture: RoleImage }) {
  const { t } = useTranslation('signing')
  const picker = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState(false)
  const take = async (file: File | undefined) => {
    if (file !== undefined) setWrong(!(await picture.choose(file)))
  }
  return (
    <div role="group" aria-label={t(`picture.${role}`)} className={classes.group}>
      <span className={classes.legend}>{t(`picture.${role}`)}</span>
      <div className={classes.pictureRow}>
        {picture.url !== null && <img src={picture.url} alt={t('picture.current')} className={classes.thumb} />}
        <Button variant="default" onClick={() => picker.current?.click()}>
          {picture.url === null ? t('picture.choose') : t('picture.replace')}
        </Button>
        {picture.url !== null && (
          <Button variant="subtle" color="gray" onClick={() => void picture.forget()}>
            {t('picture.forget')}
          </Button>
        )}
      </div>
      <p className={classes.weak}>{t('picture.help')}</p>
      {wrong && (
        <p role="alert" className={classes.danger}>
          {t('picture.wrong')}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,.png,.jpg,.jpeg"
        hidden
        data-kind="picture"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
