// Points in time as documents spell them.
#pragma once

#include "greenlane/utc_time.h"
