/** Keys that belong to one place on the screen, not to a command. */
export const KEYS_IN_PLACE: readonly [
  place: string,
  keys: readonly [shortcut: string, does: string][],
][] = [
  [
    'In a chart',
    [
      ['Tab', 'On to the card’s menu and the next chart'],
      ['Arrows', 'Move the range, the box or the choice'],
      ['shift+Arrows', 'Widen or narrow the range or the box'],
      ['mod+Arrows', 'Move the range or the box in small steps'],
      ['enter', 'Choose what the arrows are at; another box'],
      ['PageDown', 'Go to the next of several areas'],
      ['PageUp', 'Go to the area before'],
      ['Delete', 'Take away the area that is at hand'],
      ['Space', 'Lasso: set a corner where the cross is'],
      ['shift+Space', 'Lasso: begin beside the other areas'],
      ['Backspace', 'Lasso: take the last corner back'],
      ['Escape', 'Let go of the selection'],
      ['alt+Arrows', 'Move the card'],
      ['alt+shift+←→', 'Make the card narrower or wider'],
    ],
  ],
  [
    'With the pointer',
    [
      ['Drag', 'Choose a range or an area; move it, or pull its ends'],
      ['shift+Drag', 'Add to the range or another area'],
      ['Click', 'Choose a bar or a square; open a dot’s Pokémon'],
      ['Drag', 'Move a card by its title; make it wider by its right edge'],
      ['Double-click', 'Clear the card’s selection'],
    ],
  ],
  [
    'In the table',
    [
      ['Arrows', 'Move from cell to cell'],
      ['enter', 'Open the row; on a header, sort by it'],
      ['shift+enter', 'Where the value came from; on a header, sort by it after the others'],
      ['Space', 'Compare the Pokémon; on a header, its menu'],
      ['shift+Space', 'Choose the row'],
      ['shift+↑↓', 'Choose the rows on the way'],
      ['mod+A', 'Choose all rows'],
      ['mod+C', 'Copy the chosen rows with headers'],
      ['shift+←→', 'On a header: change its width'],
      ['mod+shift+←→', 'On a header: move the column'],
    ],
  ],
  [
    'In SQL',
    [
      ['mod+enter', 'Run the query'],
      ['Escape', 'Close the suggestions; then Tab leaves the editor'],
    ],
  ],
];
