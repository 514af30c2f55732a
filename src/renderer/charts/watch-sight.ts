type Told = (isSeen: boolean) => void;

const watchers = new Map<Element, Set<Told>>();
let observer: IntersectionObserver | undefined;

/** Tells whether an element is in sight, now and whenever that changes, until the returned function is called. */
export function watchSight(element: Element, told: Told): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const tell of watchers.get(target) ?? []) tell(isIntersecting);
    }
  });
  const known = watchers.get(element) ?? new Set();
  watchers.set(element, known);
  known.add(told);
  observer.observe(element);
  return () => {
    known.delete(told);
    if (known.size > 0) return;
    watchers.delete(element);
    observer?.unobserve(element);
  };
}
