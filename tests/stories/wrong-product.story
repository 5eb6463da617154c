# A product that contradicts the lot does not post
maria   used 2 cs of chicken RM1107 on 4475
  says  Which lot of chicken? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
