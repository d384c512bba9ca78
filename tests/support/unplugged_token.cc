// A PKCS #11 module that is SoftHSM as long as the variable GREENLANE_UNPLUGGED is not set, and then one whose token is gone.
#include <dlfcn.h>

#include <cstdlib>

namespace {

using OpenSession = unsigned long (*)(unsigned long slot, unsigned long flags, void* application, void* notify, unsigned long* session);
using SessionInfo = unsigned long (*)(unsigned long session, void* info);

/// CK_FUNCTION_LIST of PKCS #11 2.20: 68 functions.
struct FunctionList {
  unsigned char version[2];
  void (*before[12])();
  OpenSession open_session;
  void (*between[2])();
  SessionInfo session_info;
  void (*rest[52])();
};
constexpr unsigned long device_removed = 0x32;

FunctionList real, shown;

bool is_unplugged() { return std::getenv("GREENLANE_UNPLUGGED") != nullptr; }

unsigned long open_session(unsigned long slot, unsigned long flags, void* application, void* notify, unsigned long* session) {
  return is_unplugged() ? device_removed : real.open_session(slot, flags, application, notify, session);
}

unsigned long session_info(unsigned long session, void* info) { return is_unplugged() ? device_removed : real.session_info(session, info); }

}  // namespace

extern "C" __attribute__((visibility("default"))) unsigned long C_GetFunctionList(const FunctionList** list) {
  static void* const library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW | RTLD_LOCAL);
  using Get = unsigned long (*)(const FunctionList**);
  const auto get = library != nullptr ? reinterpret_cast<Get>(dlsym(library, "C_GetFunctionList")) : nullptr;
  const FunctionList* found = nullptr;
  if (get == nullptr || get(&found) != 0) return device_removed;
  real = *found;
  shown = real;
  shown.open_session = open_session;
  shown.session_info = session_info;
  *list = &shown;
  return 0;
}
