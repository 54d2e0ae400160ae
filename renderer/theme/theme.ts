// Mantine in the clothes of Trà My: warm paper, dark forest, one cinnamon accent, and controls that a finger hits.
import {
  ActionIcon,
  Alert,
  Button,
  CloseButton,
  createTheme,
  defaultVariantColorsResolver,
  Drawer,
  InputBase,
  Loader,
  Menu,
  Modal,
  Notification,
  PasswordInput,
  Select,
  Input,
  Switch,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { Spotlight } from '@mantine/spotlight'
import classes from './controls.module.css'

/** Mantine wants ten shades; the screens are painted from tokens.css, these serve only where a component asks for a number. */
const forest: MantineColorsTuple = [
  '#e6f0e9',
  '#cfe3d6',
  '#a9cdb7',
  '#86cfab',
  '#5fb58a',
  '#3d9068',
  '#2a7c54',
  '#1e6b45',
  '#14532d',
  '#0e3d21',
]
const cinnamon: MantineColorsTuple = [
  '#fbece1',
  '#f6d7c0',
  '#efbf9b',
  '#eaab7c',
  '#e39a63',
  '#cc7a3f',
  '#b8622c',
  '#a8511f',
  '#8c4117',
  '#6b3010',
]
const danger: MantineColorsTuple = [
  '#fbeaea',
  '#f5cfd0',
  '#f3a0a2',
  '#ef8a8c',
  '#e06b6e',
  '#c94a4e',
  '#b5373b',
  '#a3262a',
  '#861c20',
  '#651417',
]

/** Touch target of WCAG 2.5.5 and LOOK: 44 px at normal type, growing with large type. */
const TOUCH = '2.75rem'

const OURS = ['forest', 'cinnamon', 'danger'] as const

/** What is written on a filled ground is dark in the dark scheme, because our accents are light there. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const name = OURS.find((ours) => ours === (input.color ?? input.theme.primaryColor))
  if (name === undefined || input.variant !== 'filled') return colors
  return { ...colors, color: `var(--tm-on-${name})`, hoverColor: `var(--tm-on-${name})` }
}

export const theme = createTheme({
  primaryColor: 'forest',
  primaryShade: { light: 7, dark: 4 },
  colors: { forest, cinnamon, danger },
  black: '#1f2a2e',
  variantColorResolver,
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.55', lg: '1.55', xl: '1.5' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.625rem', lg: '0.875rem', xl: '1.25rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  shadows: { xs: 'none', sm: 'none', md: 'var(--tm-shadow)', lg: 'var(--tm-shadow)', xl: 'var(--tm-shadow)' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'md' },
      classNames: { root: classes.button ?? '' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': props.size === 'lg' ? '3.5rem' : TOUCH,
          '--button-padding-x': props.size === 'lg' ? '1.75rem' : '1.125rem',
          '--button-fz': props.size === 'lg' ? '1.0625rem' : '0.9375rem',
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray' },
      classNames: { root: classes.actionIcon ?? '' },
      vars: () => ({ root: { '--ai-size': TOUCH } }),
    }),
    CloseButton: CloseButton.extend({ vars: () => ({ root: { '--cb-size': TOUCH } }) }),
    Input: Input.extend({ vars: () => ({ wrapper: { '--input-height': TOUCH } }) }),
    InputBase: InputBase.extend({ defaultProps: { size: 'md' } }),
    InputWrapper: Input.Wrapper.extend({ classNames: { label: classes.label ?? '', description: classes.help ?? '' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'md' } }),
    PasswordInput: PasswordInput.extend({
      defaultProps: { size: 'md', rightSectionWidth: TOUCH },
      classNames: { visibilityToggle: classes.eye ?? '' },
    }),
    Textarea: Textarea.extend({ defaultProps: { size: 'md' } }),
    Select: Select.extend({
      defaultProps: { size: 'md', checkIconPosition: 'right', allowDeselect: false, comboboxProps: { shadow: 'md' } },
      classNames: { option: classes.option ?? '' },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md' }, classNames: { item: classes.option ?? '' } }),
    DateInput: DateInput.extend({ defaultProps: { size: 'md' } }),
    Switch: Switch.extend({
      defaultProps: { size: 'md', withThumbIndicator: false },
      classNames: { track: classes.track ?? '', thumb: classes.thumb ?? '', body: classes.switchBody ?? '' },
    }),
    Spotlight: Spotlight.extend({
      classNames: { action: classes.found ?? '', content: classes.raised ?? '', search: classes.findField ?? '' },
    }),
    Tabs: Tabs.extend({ classNames: { tab: classes.tab ?? '' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4, blur: 0 } },
      classNames: { title: classes.dialogTitle ?? '', content: classes.raised ?? '', header: classes.raised ?? '' },
    }),
    Drawer: Drawer.extend({
      defaultProps: { position: 'right', size: 'lg', overlayProps: { backgroundOpacity: 0.4, blur: 0 } },
      classNames: { title: classes.dialogTitle ?? '', content: classes.raised ?? '', header: classes.raised ?? '' },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } },
      classNames: { tooltip: classes.tooltip ?? '' },
    }),
    // A name needs a role; what is loading is a state, not a picture.
    Loader: Loader.extend({ defaultProps: { role: 'status' } }),
    Notification: Notification.extend({ classNames: { description: classes.said ?? '' } }),
    Alert: Alert.extend({ classNames: { root: classes.alert ?? '', title: classes.alertTitle ?? '' } }),
  },
})
