"""The records that others ask for: EPCIS 2.0, the FSMA 204 sheet, the recall folder; each written from the books."""
