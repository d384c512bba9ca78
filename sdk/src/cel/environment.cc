#include "cel/environment.h"

namespace greenlane::cel {

std::optional<std::size_t> Environment::variable(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (variables[i].name == name) return i;
  }
  return std::nullopt;
}

void FunctionTable::add(Overload overload) {
  auto& overloads = functions_[overload.function];
  overloads.push_back(std::make_unique<Overload>(std::move(overload)));
}

const std::vector<std::unique_ptr<Overload>>* FunctionTable::find(std::string_view name) const noexcept {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> FunctionTable::names() const {
  std::vector<std::string_view> all;
  for (const auto& [name, overloads] : functions_) all.push_back(name);
  return all;
}

}  // namespace greenlane::cel
