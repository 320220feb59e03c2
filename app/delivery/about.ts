// SQL: what an event is about, by name: an order's or a product's; nothing personal.

/** Of event `e`; null: it has no name. */
export const sqlName = `nullif(coalesce(
      e.data #>> '{order,name}', e.data #>> '{product,title}', e.data #>> '{collection,title}',
      e.data #>> '{item,title}'), '')`;
/** Else its subject. @param of event `e` or its delivery `d`. */
export const sqlAbout = (of: "e" | "d") => `coalesce(${sqlName}, replace(${of}.subject, ':', ' '))`;
