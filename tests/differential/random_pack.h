// Random packs that compile: conditions of every shape that the second opinion knows, over few values.
#pragma once

#include <string>
#include <vector>

#include "tests/differential/random.h"
#include "tests/support/packs.h"

namespace greenlane::test {

struct RandomPack {
  std::vector<Draft> criteria;
  std::string lists;  ///< JSON object
};

RandomPack random_pack(Random& random);

}  // namespace greenlane::test
