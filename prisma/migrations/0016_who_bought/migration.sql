-- Whoever bought did not leave: an order is found by its cart and by how its buyer can be reached.
CREATE INDEX event_order_cart ON event (shop, (data #>> '{order,cartToken}')) WHERE kind = 'order.placed';
CREATE INDEX event_order_email ON event (shop, lower(data #>> '{order,email}')) WHERE kind = 'order.placed';
CREATE INDEX event_order_phone ON event (shop, regexp_replace(data #>> '{order,phone}', '\D', '', 'g')) WHERE kind = 'order.placed';
