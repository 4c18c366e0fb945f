package io.millrace.functions;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the registry says about a function; stands on the class that implements it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface FunctionDoc {

    /** Name in SQL, lower case. */
    String name();

    FunctionKind kind() default FunctionKind.SCALAR;

    /** Arguments and result, as a reader of SQL would write them. */
    String signature();

    /** The rule in one or two sentences, null rule included. */
    String doc();

    /** Tags out of the fixed vocabulary, see {@link FunctionRegistry#TAGS}. */
    String[] tags();

    /** Raised whenever the same arguments may give another result than before. */
    int version() default 1;
}
