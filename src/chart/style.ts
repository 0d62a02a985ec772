/** Sizes in pixels and colours: legible on a phone, and told apart by those who do not see all colours. */

export const WIDTH = 1200;
export const HEIGHT = 675;
export const EDGE = 36;
/** Between the plot and the labels beside it. */
export const BESIDE = 12;

export const TITLE = 42;
export const TEXT = 28;
export const SMALL = 23;

/** The same family in the SVG and in the font files the painter is given. */
export const FONT = 'Inter, sans-serif';

export const INK = '#1B2733';
export const GREY = '#5B6773';
export const GRID = '#DDE1E6';
export const PAPER = '#FFFFFF';

/** Blue and vermilion differ for every kind of colour vision; what was read stays behind them. */
export const VALUE = '#0067A5';
export const THRESHOLD = '#BF4300';
export const SERIES = ['#8793A0', '#00916E', '#B8649A', '#56A9DB', '#8C6D1F'] as const;

export const BANDS = { firing: '#F7C3A6', pending: '#FCE2B4', unknown: '#ECEEF1' } as const;
export const HATCH = '#A9B2BC';
