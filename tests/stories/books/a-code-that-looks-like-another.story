# A code that looks like a known one is asked about
tom     received 2 cs romaine lot RMII07 from green valley PO 5 exp 12/1 dock 2
  says  Received 2 cases of romaine RMII07 into dock 2 from Green Valley Farms, PO 5, expires December 1. RMII07 looks like RM1107, which is in the books. Right?
  asks  confirm
