# One short question at a time
tom     received 10 cs romaine
  says  Received 10 cases of romaine: which lot code is on it?
  asks  lot
tom     RM1123
  says  Received 10 cases of romaine RM1123: when does it expire? "standard" is December 2.
  asks  expires: standard
tom     standard
  says  Received 10 cases of romaine RM1123 expiring December 2: where does it go?
  asks  to: dock 1 | dock 2
tom     dock 1
  says  Received 10 cases of romaine RM1123 into dock 1 from Green Valley Farms, expires December 2. RM1123 is on the traceability list; its receipt lacks the supplier or a document number.
  posts 34 receive RM1123 SUPPLIER:GVF -10 case RM1123 DOCK1 10 case
  tells supervisors: RM1123 is on the traceability list; its receipt lacks the supplier or a document number. Take it back and receive it again with both. (warning 1)
stock   RM1123 DOCK1 10 case
