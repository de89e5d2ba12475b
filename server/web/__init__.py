"""What both HTTP faces share: services, sign-in, problems in words, headers, paging, and how figures are written."""
