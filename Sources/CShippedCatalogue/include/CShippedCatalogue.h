/// The catalogue that is shipped: the bytes of Resources/tools.catalogue, inside the program.
#ifndef GATEHOUSE_SHIPPED_CATALOGUE_H
#define GATEHOUSE_SHIPPED_CATALOGUE_H

#include <stddef.h>

/// Where it begins. It lives as long as the program and is never written.
const unsigned char *gatehouse_shipped_catalogue(void);

/// How many bytes it has.
size_t gatehouse_shipped_catalogue_size(void);

#endif
