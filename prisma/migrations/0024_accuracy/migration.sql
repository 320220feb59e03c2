-- What became of an order at a destination: its purchase, or its states, by the order.
CREATE INDEX delivery_of_order ON delivery (shop, subject, destination) WHERE kind IN ('order.placed', 'order.paid', 'order.updated');
