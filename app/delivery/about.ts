// SQL: what an event is about, by name: an order's or a product's; nothing personal.

/** Of event `e`; null: it has no name. A refund does not tell its order's name: the order's other events do. */
export const sqlName = `coalesce(
      nullif(coalesce(
        e.data #>> '{order,name}', e.data #>> '{product,title}', e.data #>> '{collection,title}',
        e.data #>> '{item,title}'), ''),
      CASE
        WHEN e.subject LIKE 'order:%' THEN (
          SELECT o.data #>> '{order,name}'
          FROM event o
          WHERE o.shop = e.shop AND o.subject = e.subject AND o.data #>> '{order,name}' <> ''
          LIMIT 1)
      END)`;
