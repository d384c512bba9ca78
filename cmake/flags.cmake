# Compiler and linker flags of every target of the project: warnings, hardening, sanitizers.
# Hardening follows the OpenSSF compiler options guide, as far as GCC 12 knows the options.

add_library(greenlane_flags INTERFACE)
target_compile_features(greenlane_flags INTERFACE cxx_std_20)
target_compile_options(greenlane_flags INTERFACE
  -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wimplicit-fallthrough
  -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Werror=format-security
  -fno-strict-aliasing -fno-delete-null-pointer-checks -fno-strict-overflow
  -fstack-protector-strong
  "$<$<CXX_COMPILER_ID:GNU>:-fstack-clash-protection;-fcf-protection=full;-Wbidi-chars=any;-Wtrampolines;-ftrivial-auto-var-init=zero>"
  "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
target_link_options(greenlane_flags INTERFACE
  -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed)
# _FORTIFY_SOURCE needs optimisation and hides reads from the address sanitizer.
if(NOT GREENLANE_SANITIZE)
  target_compile_definitions(greenlane_flags INTERFACE
    "$<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>")
endif()
target_compile_definitions(greenlane_flags INTERFACE _GLIBCXX_ASSERTIONS)

if(GREENLANE_WERROR)
  target_compile_options(greenlane_flags INTERFACE -Werror)
endif()
if(GREENLANE_SANITIZE)
  target_compile_options(greenlane_flags INTERFACE
    -fsanitize=${GREENLANE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(greenlane_flags INTERFACE -fsanitize=${GREENLANE_SANITIZE})
endif()
if(GREENLANE_FUZZ)
  target_compile_options(greenlane_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  target_link_options(greenlane_flags INTERFACE -fsanitize=address,undefined)
endif()
if(GREENLANE_COVERAGE)
  target_compile_options(greenlane_flags INTERFACE --coverage -fprofile-abs-path)
  target_link_options(greenlane_flags INTERFACE --coverage)
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
