# A product that contradicts the lot does not post
maria   used 2 cs of chicken RM1107 on 4475
  says  RM1107 is romaine, not chicken. Nothing posted. Check the label and say it again.
