import { useState } from 'react';

/** The last value that was there: what is shown stays while another one is awaited. */
export function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
