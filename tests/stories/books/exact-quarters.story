# Four quarters of a kilogram leave nothing
tom     received 1 kg garlic lot GA21 from rio fresco PO 61 exp 12/30 dock 1
  says  Received 1 kg of garlic GA21 into dock 1 from Rio Fresco Produce, PO 61, expires December 30.
  posts 34 receive GA21 SUPPLIER:RIO -1 kg GA21 DOCK1 1 kg
tom     moved 250 g GA21 to c1-3
  says  Moved 250 g of garlic GA21 from dock 1 to cooler 1 bay 3.
  posts 35 move GA21 DOCK1 -250 g GA21 C1-03 250 g
tom     moved 250 g GA21 to c1-3
  says  Moved 250 g of garlic GA21 from dock 1 to cooler 1 bay 3.
  posts 36 move GA21 DOCK1 -250 g GA21 C1-03 250 g
tom     moved 250 g GA21 to c1-3
  says  Moved 250 g of garlic GA21 from dock 1 to cooler 1 bay 3.
  posts 37 move GA21 DOCK1 -250 g GA21 C1-03 250 g
tom     moved 250 g GA21 to c1-3
  says  Moved 250 g of garlic GA21 from dock 1 to cooler 1 bay 3.
  posts 38 move GA21 DOCK1 -250 g GA21 C1-03 250 g
stock   GA21 C1-03 2.2046 lb
