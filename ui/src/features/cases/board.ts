/** How many entries of each column are shown at first, and how many more are asked for at a time. */
export const BOARD_FIRST = 8
export const BOARD_MORE = 100
