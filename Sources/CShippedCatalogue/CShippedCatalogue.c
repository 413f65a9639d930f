#include "CShippedCatalogue.h"

// Embedded by the compiler: a program that is copied elsewhere has its catalogue with it.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char catalogue[] = {
#embed "../../Resources/tools.catalogue"
};

const unsigned char *gatehouse_shipped_catalogue(void) { return catalogue; }

size_t gatehouse_shipped_catalogue_size(void) { return sizeof catalogue; }
